"""How a contact is found: by name in any order, however it is spelled, by part of a number or address, by place.

``words`` makes the keys a contact is kept under, ``sounds`` says which spellings sound alike, ``asked`` reads what was
typed, ``index`` puts the indexes beside the tables, ``door`` asks the database.
"""
