"""Counting days in the database."""

from django.db.models import FloatField, Func


class DaysBetween(Func):
    """The days from the first date to the second."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = FloatField()

    def __init__(self, start, end):
        super().__init__(end, start)

    def as_sqlite(self, compiler, connection, **context):
        """Dates are texts there."""
        days = self.copy()
        days.set_source_expressions([Func(date, function="julianday") for date in self.get_source_expressions()])
        return super(DaysBetween, days).as_sql(compiler, connection, **context)
