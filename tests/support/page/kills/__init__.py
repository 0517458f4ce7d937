"""Kill -9 of the page's server at random moments, while people drop, replace, take out, check and number.

    PYTHONPATH=tests python -m support.page.kills --kills 100 --seed 1

Each of the people has a session, a folder of tables and one of evidence. What each sent, and what the page told him, is
written down beside; a request that the kill cut off may have been done or not. After each kill nothing that was sent
may lie below ``inputs/`` in part, what was told as kept must be there or in the history, the page must start again with
what waits for an answer, and the runs must go on. One kill in five takes the runs along, as a power cut does.

Ends with 1 at the first breach and tells seed and kill.
"""
