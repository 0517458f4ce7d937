"""From the spreadsheets that clerks drag in to numbered letters and the monthly bulletin.

The rooms of the house, in reading order; a room imports only from rooms below it:

``cli``                     commands: Click, the clock, the exit codes, the screen; known nowhere else
``cli.assess``              the steps of a year's assessment, beside the command that makes its papers
``cli.items``               the commands of the open items, and what the screen shows of them
``page``                    the workspace in a browser: Django, known nowhere else
``page.serving``            how it comes to the browser: Django set up for a workspace, the server
``page.views``              what each address answers
``page.views.forms``        what an address of the units' own sheets answers
``page.forms``              a unit's own sheets: filled in, judged, kept
``page.migrations``         versions of the page's own tables
``to_json``                 what a job made, as ``--json`` prints it
``jobs``                    what a command does: one command, one module; none knows another but ``month`` all that are due
``jobs.items``              the commands of the open items
``jobs.register``           the commands of the register of letters
``reports``                 what the task force publishes: one folder for each kind; none knows another
``letters``                 numbered letters → pages → a batch's folder
``letters.receipt``         the sheet on which units sign for their letters
``publishing``              how a publication comes about: rendered, read back, sealed, put in its place whole
``intake``                  ``inputs/`` → what the tables say that a job asks for, and every doubt
``adapters``                the outside world: one module hides one outside thing; none knows another
``adapters.archive``        what was published, frozen: a chain in which a later change shows
``adapters.register``       the register of letters, on SQLite or PostgreSQL
``adapters.register.makes`` these two, behind one face
``adapters.sheet``          spreadsheets of any make → grids of cells
``adapters.sheet.xlsx``     one make
``adapters.sheet.ods``      one make
``adapters.sheet.html``     one make: web pages
``adapters.sheet.binary``   one make: .xls; and what hides in its container
``adapters.sheet.shown``    what a cell shows by its number format
``adapters.annotate``       findings → a copy of the clerk's table in which he sees them
``adapters.workbook``       tables → workbooks that a clerk can filter and print
``adapters.word``           Word templates: looked through, cleaned, filled
``adapters.form``           a letter's template measured once, its fields set without LibreOffice
``adapters.form.papers``    papers of several pages, whose paragraphs are set
``adapters.office``         LibreOffice, fenced in
``adapters.workers``        work shared with a second process and with other machines
``adapters.pdf``            PDFs: read, cut, written page by page, compared
``workspace``               a folder with ``pipeline.toml``: read, checked, its paths
``domain``                  the rules: values in, values out; no files, no clock, no printing
``domain.assessment``       what a unit's year is judged by: items, scores, grades
``domain.supervision``      the ladder of supervision, and what becomes of its papers
``domain.analysis``         all businesses of a place: how many, where, in what, how lasting
``domain.rollup``           what counties sent their city, and the city's month from it
``domain.items``            open items: what may be done to one, what follows from the dates
``domain.statistics``       what several reports count by: attribution, net growth, pace, ranks, doubts
``domain.statistics.suspicions`` what may be true on paper only: shared, rushed, soon gone, taken over
``domain.records``          what a row says: a unit, a target, an applicant, a registration, a note, a receipt
``domain.records.lists``    what the plan promises: its measures, its policies, each unit's own plan
``domain.records.assessment`` what people fill in for a year's assessment
``domain.records.dispatch`` what comes back from a dispatch meeting
``domain.records.plan``     the roster of the units and their targets
``domain.records.exports``  the rows of registration exports, and which of them are one business
``domain.letters``          letters: how they are numbered, what becomes of them, what is printed on them
``domain.tables``           what a sheet is: its kind, its header, which of its lines are rows
``domain.tables.columns``   which column is which field's, and what is doubtful in one
``domain.tables.lines``     which lines are rows, and what the others are
``domain.values``           what one cell can say: a text, a day, an identity number, a code of a licence
``settings``                what ``pipeline.toml`` can say
``garbage``                 when Python's collector is in the way
``progress``                how a job tells how far it is
``whoami``                  who sits at the command line
``errors``                  exit codes and what ends a run
``disk``                    what must survive a power cut
"""
