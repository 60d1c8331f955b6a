app_name = "content_editors"
urlpatterns: list = []
