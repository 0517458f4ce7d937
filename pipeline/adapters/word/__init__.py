"""Word templates: opened, looked through once for what would not be printed as it stands there, and filled.

``opening``    which kind of file lies under the name
``parts``      a document's parts and the names in them
``inspection`` what must be changed by the clerk before anything is printed, in the words of WPS
``cleaning``   what is made harmless: comments, bindings, copies for old programs, hidden text, page grids
``fields``     Word's fields (域): which become the text that they show, which nobody can answer for
``template``   placeholders and filling; ``pages`` many letters in one document
``said``       what a filled document says
"""

from pipeline.adapters.word.said import NUMBER, Said, said_in
from pipeline.adapters.word.template import WordTemplate, open_template, template_of

__all__ = ["NUMBER", "Said", "WordTemplate", "open_template", "said_in", "template_of"]
