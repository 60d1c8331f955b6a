"""How many there are, said in the query that reads something else."""

from django.db.models import IntegerField, Subquery


class Counted(Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
