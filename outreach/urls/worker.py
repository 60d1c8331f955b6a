"""The worker answers no request; links it writes are reversed against the face they lead to."""

urlpatterns: list = []
