"""Invented exports of one article, as news databases, libraries, mails and archives write them."""

from __future__ import annotations

from typing import Any

from copydesk import extract

TITLE = "Ferry to Holm sails again after a winter in the dock"
PARAGRAPHS = [
    "The ferry to Holm went back into service on Tuesday, four months after its engine had failed in a gale in November.",
    "Sixty people stood on the quay before the first crossing at seven in the morning, one of them with a sheep in his van.",
    "“We had almost forgotten what it sounds like,” said Martha Quill, who runs the bakery on the island.",
    "A second boat may follow next year.",
]
TEXT = "\n\n".join(PARAGRAPHS)
ABSTRACT = "The old boat has a new engine and fewer seats."
GERMAN = [
    "Die Fähre nach Holm fährt seit Dienstag wieder, vier Monate nachdem ihr Motor in einem Sturm im November ausgefallen war.",
    "Sechzig Menschen standen vor der ersten Überfahrt um sieben Uhr am Kai, einer von ihnen mit einem Schaf im Wagen.",
    "Ein zweites Schiff könnte im nächsten Jahr folgen.",
]
RUSSIAN = [
    "Паром на остров Хольм во вторник вернулся на линию, через четыре месяца после того, как его двигатель отказал во время шторма.",
    "Шестьдесят человек ждали на причале первого рейса в семь утра, один из них с овцой в фургоне.",
    "В следующем году может появиться второе судно.",
]
CHINESE = [
    "开往霍尔姆岛的渡轮周二恢复航行，四个月前它的发动机在十一月的大风中出了故障。",
    "清晨七点首航之前，约六十人在码头排队，还有一人的货车里载着一只羊。",
    "明年可能还会有第二艘船投入使用。",
]

LABELS = (
    f"Title: {TITLE}\nAuthor: Smith, Jane\nDate: 12 March 2019\nPublication: The Westport Courier\nLength: 612 words\n\n{TEXT}"
)
FULL_TEXT = (
    f"Publication: The Westport Courier\nHeadline: {TITLE}\nByline: By Jane Smith\nDate: March 12, 2019\nAbstract: {ABSTRACT}\n"
    + "Full text: "
    + "\n".join(PARAGRAPHS)
    + "\nSubject: Ferries; Harbours\nDocument type: News\nCopyright: © 2019 Westport Courier"
)
ABOVE = f"TITLE\n{TITLE}\n\nAUTHOR\nJane Smith\n\nDATE\n12 March 2019\n\nSUBJECTS\nFerries; Harbours\n\nTEXT\n\n{TEXT}"
DATABASE = f"""          4 of 25 DOCUMENTS

       The Westport Courier

      March 12, 2019 Tuesday
          First Edition

{TITLE}

BYLINE: Jane Smith

SECTION: NEWS; Pg. 4

LENGTH: 612 words

{TEXT}

LOAD-DATE: March 13, 2019

GRAPHIC: The boat at the quay

       Copyright 2019 Westport Courier Ltd
             All Rights Reserved
"""
NEWER = f"""{TITLE}
The Westport Courier
March 12, 2019 Tuesday

Copyright 2019 Westport Courier Ltd All Rights Reserved
Section: NEWS; Pg. 4
Length: 612 words
Byline: Jane Smith

Body

{TEXT}

Classification

Language: ENGLISH
Subject: FERRIES (90%); HARBOURS (78%)
Load-Date: March 13, 2019

End of Document
"""
CODES = f"""HD  {TITLE}
BY  By Jane Smith
WC  612 words
PD  12 March 2019
SN  The Westport Courier

LP  {PARAGRAPHS[0]}

TD  {PARAGRAPHS[1]}

{PARAGRAPHS[2]}

{PARAGRAPHS[3]}

NS  gtrans : Transport
AN  Document WESTCO0020190312ef3c0001x
"""
REFERENCE = f"TY  - NEWS\nTI  - {TITLE}\nAU  - Smith, Jane\nDA  - 2019/03/12/\nJO  - The Westport Courier\nAB  - {' '.join(PARAGRAPHS)}\nER  - "
PERCENT = f"%0 News\n%T {TITLE}\n%A Smith, Jane\n%8 12 March 2019\n%J The Westport Courier\n%X {' '.join(PARAGRAPHS)}\n"
FRONT_MATTER = f"---\ntitle: >-\n  {TITLE}\nauthors:\n  - Jane Smith\ndate: 2019-03-12\ntags: [Ferries, 'Harbours']\ndraft: false\n---\n{TEXT}"
TOML = f'+++\ntitle = "{TITLE}"\nauthor = "Jane Smith"\ndate = 2019-03-12T08:00:00Z\n+++\n\n{TEXT}'
MAIL = f"From: Jane Smith <jane@courier.example>\nTo: desk@courier.example\nSubject: {TITLE}\nDate: Tue, 12 Mar 2019 08:15:00 +0000\n\n{TEXT}"
BRACKETS = f"[Title] {TITLE}\n[Author] Jane Smith\n[Date] 2019-03-12\n[Source] The Westport Courier\n[Text]\n{TEXT}"
TAGS = f"<TITLE>{TITLE}</TITLE>\n<AUTHOR>Jane Smith</AUTHOR>\n<DATE>2019-03-12</DATE>\n<TEXT>\n{TEXT}\n</TEXT>"
EQUALS = f"TITLE={TITLE}\nAUTHOR=Jane Smith\nDATE=2019-03-12\nSOURCE=The Westport Courier\n\n{TEXT}"
FORWARDED = f"-----Original Message-----\nFrom: Jane Smith\nSent: Tuesday, March 12, 2019 8:15 AM\nTo: a@courier.example\nSubject: {TITLE}\n\n{TEXT}"
UNTITLED = f"""Quelle: The Westport Courier vom 12.03.2019, Nr. 60, S. 4
ISSN: 0123-4567
Ressort: News
Autor: Jane Smith

{TITLE}

{TEXT}

Alle Rechte vorbehalten: (c) The Westport Courier
"""
CITED = (
    LABELS.replace("Length", "Pages")
    + """

Source Citation (MLA 9th Edition)
Smith, Jane. "Ferry to Holm sails again after a winter in the dock." The Westport Courier, 12 Mar. 2019, p. 4. Archive, link.example/A1234.

Document Number: ARCHIVE|A1234
"""
)
BOLD = f"**Title:** {TITLE}  \n**Author:** Jane Smith  \n**Date:** 2019-03-12  \n\n{TEXT}"


def read(text: str) -> dict[str, Any]:
    """The row of a text."""
    found: list[dict[str, Any]] = extract([{"id": "a", "content": text, "media_type": "text/plain"}]).to_pylist()
    return found[0]
