# Read by semgrep --test alone: nothing imports or runs this file.
# ruff: noqa
# mypy: ignore-errors


def markup(text):
    # ruleid: trusted-markup
    mark_safe(text)
    # ok: trusted-markup
    format_html("<b>{}</b>", text)


def rows(request, pk):
    # ruleid: rows-without-a-reader
    Person.objects.get(pk=pk)
    # ok: rows-without-a-reader
    Person.objects.visible_to(request.user).get(pk=pk)


def filters(request, rows):
    # ruleid: filter-from-outside
    rows.filter(**request.GET.dict())
    # ok: filter-from-outside
    rows.filter(name=request.GET["name"])


def kept(view):
    # ruleid: kept-response
    cache_page(60)(view)
    # ok: kept-response
    never_cache(view)


def host(request):
    # ruleid: host-from-outside
    request.get_host()
    # ok: host-from-outside
    public_url("events:list")


def told(person, row):
    # ruleid: person-in-a-log
    logger.warning("Not mailed: %s", person.email)
    # ok: person-in-a-log
    logger.warning("Not mailed: %s", row.pk)
