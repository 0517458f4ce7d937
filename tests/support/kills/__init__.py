"""Kill -9 at a random moment of a random command, again and again: nothing may be lost, doubled, or left half done.

    PYTHONPATH=tests python -m support.kills --kills 1000 --seed 1

``--only items supervise dispatch`` kills commands that begin with these words, and no other.

Each command that changes anything runs as a process of its own (forked, so that it costs no start) in a group of its
own, and is killed with all that it started at a moment drawn evenly from its usual length. After each kill the world is
looked at by another eye than the product's (``Sight``), ``register check`` must be sound, and the plain command again,
or, where it had come through, nothing more, must bring everything out exactly once. What the command should have done
is known beforehand from what the world was like.

Ends with 1 at the first breach and tells seed, step and command; the desk is left where it was.
"""
