"""The receipt sheet (领取签收表), on which each unit signs for its letters.

``filling`` what is filled in, and made-up sheets by which the template is measured
``sheets``  its pages: set as measured, or printed by LibreOffice; read back
"""
