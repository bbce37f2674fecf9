"""Names of encodings as the Web uses them, and where they are found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.raw.encodings.older import OLDER, older_encoding

DECLARATION_BYTES = 2048
SAMPLE_BYTES = 1 << 16
MIN_CONFIDENCE = 0.5

# The WHATWG Encoding Standard, and what Macs and DOS had, names without punctuation → Python's codec. What is not here (utf-7, zip,
# rot13, …) is refused.
CODECS = {
    **dict.fromkeys("ascii usascii ansix341968 latin1 l1 iso88591 cp1252 windows1252 xuserdefined".split(), "windows-1252"),
    **dict.fromkeys("utf8 unicode11utf8 xunicode20utf8".split(), "utf-8"),
    **dict.fromkeys("utf16 utf16le unicode ucs2 iso10646ucs2".split(), "utf-16-le"),
    **dict.fromkeys("utf16be unicodefffe".split(), "utf-16-be"),
    **dict.fromkeys("gb2312 gbk xgbk gb231280 chinese csgb2312 isoir58 gb18030".split(), "gb18030"),
    **dict.fromkeys("big5 xxbig5 cnbig5 csbig5 big5hkscs".split(), "big5hkscs"),
    **dict.fromkeys("shiftjis sjis xsjis mskanji ms932 windows31j csshiftjis".split(), "cp932"),
    **dict.fromkeys("eucjp xeucjp".split(), "euc_jp"),
    **dict.fromkeys("iso2022jp csiso2022jp".split(), "iso2022_jp"),
    **dict.fromkeys("euckr korean ksc56011987 ksc5601 windows949 uhc cp949 cseuckr".split(), "cp949"),
    **dict.fromkeys("tis620 iso885911 dos874 windows874".split(), "cp874"),
    **dict.fromkeys("latin5 iso88599 windows1254 cp1254 xcp1254".split(), "windows-1254"),
    **{
        f"{prefix}{number}": f"windows-{number}"
        for number in (1250, 1251, 1253, 1255, 1256, 1257, 1258)
        for prefix in ("cp", "windows", "xcp")
    },
    **{f"iso8859{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"latin{number}": f"iso8859-{number}" for number in (2, 3, 4)},
    **dict.fromkeys("koi8r koi8 koi".split(), "koi8-r"),
    **dict.fromkeys("koi8u koi8ru".split(), "koi8-u"),
    **dict.fromkeys("ibm866 cp866 866".split(), "cp866"),
    **dict.fromkeys("macintosh mac xmacroman macroman".split(), "mac_roman"),
    **dict.fromkeys("xmaccyrillic maccyrillic xmacukrainian".split(), "mac_cyrillic"),
    **{
        f"{prefix}{page}": f"cp{page}"
        for prefix in ("cp", "ibm", "dos")
        for page in (437, 737, 775, 850, 852, 855, 857, 858, 862, 864)
    },
    **dict.fromkeys("xmacce maccentraleurope maclatin2".split(), "mac_latin2"),
    **{f"{prefix}mac{script}": f"mac_{script}" for prefix in ("x", "") for script in ("greek", "turkish")},
}
# Letters of Ukrainian, between others, where KOI8-R draws boxes.
UKRAINIAN = re.compile(rb"[\xc0-\xff][\xa4\xa6\xa7]|[\xa4\xa6\xa7][\xc0-\xdf]")


def python_codec(name: str) -> str | None:
    """Python's codec for an encoding as the Web names it; None for a name the Web does not know."""
    return CODECS.get(re.sub(r"[^a-z0-9]", "", name.lower()))


def declared_encoding(content: bytes, media_type: str, declared: str | None) -> str | None:
    """The codec the container declares or, failing that, the HTML itself."""
    if declared and (codec := python_codec(declared)):
        return codec
    if media_type != "text/html":
        return None
    from bs4.dammit import EncodingDetector  # only pages that are not UTF-8 pay for the import

    named = EncodingDetector.find_declared_encoding(content[:DECLARATION_BYTES], is_html=True)
    codec = python_codec(named) if named else None
    # A declaration that could be read byte by byte is not written in UTF-16, whatever it says.
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def detect_encoding(content: bytes) -> str | None:
    """The codec the bytes look like, where that can be told with some confidence."""
    import cchardet

    found = cchardet.detect(content[:SAMPLE_BYTES])
    is_sure = (found["confidence"] or 0) >= MIN_CONFIDENCE
    codec = python_codec(found["encoding"] or "") if is_sure else None
    codec = None if codec in OLDER else codec  # as it calls whatever it does not know
    if codec == "koi8-r" and UKRAINIAN.search(content, 0, SAMPLE_BYTES):
        return "koi8-u"
    older = older_encoding(content, codec or "windows-1252")
    return codec if codec is None and older == "windows-1252" else older


def likely_encodings(content: bytes, media_type: str, declared: str | None) -> Iterator[str]:
    """Codecs to try on bytes that are not UTF-8, the likeliest first."""
    for codec in (declared_encoding(content, media_type, declared), detect_encoding(content)):
        if codec:
            yield codec
