"""Publications, frozen: what each was made of, sealed so that a later change shows.

``register/bulletins/2022-06-1/`` holds the first bulletin of June 2022: ``issue.json`` (figures, words, records), the
templates that it was set in, and ``seal`` (its digest, chained to the publication before it). All kinds are one chain:
``dispatch-2022-06-1`` is the first dispatch sheet of that month. Bulletins were there before the others, so their
folders are named by the month alone, and the folder of all is named after them.

``publications`` the chain: what is kept, whether it is whole
``kept``         what one of them says, read when it is asked for
"""

from pipeline.adapters.archive.publications import Archive, Publication, is_kept

__all__ = ["Archive", "Publication", "is_kept"]
