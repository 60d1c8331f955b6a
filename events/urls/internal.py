app_name = "events_workspace"
urlpatterns: list = []
