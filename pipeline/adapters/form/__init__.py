"""A Word template measured once: where each field stands and which glyphs it is set in.

One LibreOffice call prints the template empty, with probe texts in every field, and with every character of the
batch. From that PDF a letter's fields are set by writing text operators over the empty page, with LibreOffice's own
glyphs and widths. Where the template does not behave like a form (fixed words move with a field), :class:`NotAForm`
says so, and the caller prints with LibreOffice instead.

``probes``    which records to print
``reading``   glyphs, fonts and drawings of a page
``comparing`` a probe page against the empty one, a set one against LibreOffice's
``seams``     a narrow column → where a line may be broken
``slots``     probe pages → slots
``setting``   a letter's fields → operators; ``type_case`` a text in its slot
``keeping``   a form kept for later runs
``papers``    papers of several pages, whose paragraphs are set
"""

from pipeline.adapters.form.comparing import NotAForm, difference
from pipeline.adapters.form.keeping import Forms, form_of, plain_form
from pipeline.adapters.form.papers.fillings import Filling, Fillings
from pipeline.adapters.form.papers.paper import Paper, paper_of, plain_paper
from pipeline.adapters.form.probes import HEADS, Probes, is_rare
from pipeline.adapters.form.reading import Glyph, PrintedPages
from pipeline.adapters.form.seams import COLUMN_PT, SIZE_PT, line_of
from pipeline.adapters.form.setting import Form
from pipeline.adapters.form.slots import measure

__all__ = [
    "COLUMN_PT",
    "HEADS",
    "SIZE_PT",
    "Filling",
    "Fillings",
    "Form",
    "Forms",
    "Glyph",
    "NotAForm",
    "Paper",
    "PrintedPages",
    "Probes",
    "difference",
    "form_of",
    "is_rare",
    "line_of",
    "measure",
    "paper_of",
    "plain_form",
    "plain_paper",
]  # fmt: skip
