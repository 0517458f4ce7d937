"""From the spreadsheets that clerks drag in to numbered letters and the monthly bulletin.

In reading order:

``cli``         commands; knows Click, the clock and the exit codes; ``register_cli`` and ``moving_cli`` those of the register
``screen``      what the clerk sees; ``as_json`` what a program does
``letters``     job: inputs → numbered letters → one print file
``custody``     job: who has which numbers, what became of them, and is the register sound
``verifying``   job: is a letter's mark genuine
``backups``     job: the register copied and put back
``listing``     job: letters listed, ledgers written
``moves``       job: letters handed out, returned, void, lost; ``signing`` what units signed for
``reconciling`` job: registrations held against letters; ``comparison`` its tables, ``inquiring`` its letters to the units
``checkup``     job: what is wrong in ``inputs/``, told and marked
``bulletin``    job: registrations → the month's work bulletin
``composing``   figures → what the bulletin says; ``gazette`` puts it into its template
``printing``    a publication → its published folder
``again``       job: a letter once more, under its own number or a new one
``delivery``    a numbered batch → printed and confirmed, or given back
``ledgers``     the office's ledgers as tables; ``papers`` prints them
``choice``      letters as clerks name them
``trial``       letters tried out before they are numbered
``intake``      ``inputs/`` → units, applicants, registrations, and every doubt
``press``       a numbered batch → its published folder
``stamping``    letters → pages, set over the measured form
``typesetting`` letters → pages, by LibreOffice
``fitting``     letters that do not come out right → whose text is to blame, how much of it fits
``workshop``    a private folder and LibreOffice, for the length of a run
``edition``     letters ready to be written and read back; ``proof`` what their pages must say, and where;
                ``collation`` the same for a paper of many pages; ``seam`` is the cut in the middle; ``baseline``
                what the template says by itself
``handover``    the papers that go out with a batch
``gazette``     the bulletin and the wall chart as documents
``adapters``    the outside world: one module hides one outside thing, none knows another
``domain``      the rules: no files, no clock, no printing
``settings``    ``pipeline.toml`` and the folders of a workspace; ``plan`` what it can say, ``server`` where a shared register is
``errors``      exit codes; ``disk`` what must survive a power cut; ``type1`` fonts in PDFs
"""
