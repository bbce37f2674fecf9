"""An invented article in long paragraphs, to be broken, wrapped and typed in other ways."""

TITLE = "Council backs tunnel under the Velm"
PARAGRAPHS = [
    "A tunnel for cyclists under the river Velm will be built from next spring, the council of Northsand decided on Tuesday night after "
    "a debate of four hours, in which nobody raised his voice and two members fell asleep.",
    "The tunnel, which is 340 metres long, is to cost 12 million crowns. Two thirds of the money comes from the region, which has long "
    "wanted to see the old ferry in a museum.",
    "“We have waited thirty years for this,” said Oda Lind of the cyclists’ union, who had brought a cake in the form of a tunnel to the "
    "town hall, and went home with what was left of it.",
]
