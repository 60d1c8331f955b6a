"""The entry for a WSGI server; DJANGO_SETTINGS_MODULE says which face it is."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
