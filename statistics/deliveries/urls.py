from django.urls import path, re_path

from . import views_delivery, views_lists, views_send

app_name = "deliveries"
urlpatterns = [
    path("skicka-in/", views_send.send, name="send"),
    path("skicka-in/mallar/", views_send.blank_files_page, name="blank_files"),
    re_path(
        r"^skicka-in/mallar/(?P<slug>[a-z]+)\.(?P<ending>csv|xlsx)$",
        views_send.blank_file,
        name="blank_file",
    ),
    path("leveranser/", views_lists.deliveries, name="list"),
    path("leveranser/karantan/", views_lists.held_rows, name="held_rows"),
    path("leveranser/karantan/avfarda/", views_lists.dismiss_held_rows, name="dismiss_held_rows"),
    re_path(
        r"^leveranser/karantan/(?P<kind>[a-z_]+)\.(?P<ending>csv|xlsx)$",
        views_lists.held_rows_file,
        name="held_rows_file",
    ),
    path("leveranser/historik/", views_lists.record_history, name="history"),
    path("leveranser/aterta/<int:batch>/", views_lists.withdraw, name="withdraw"),
    path("leveranser/<int:pk>/", views_delivery.delivery_page, name="delivery"),
    path("leveranser/<int:pk>/fel/<int:group>/", views_delivery.findings, name="findings"),
    path("leveranser/<int:pk>/beslut/", views_delivery.decide, name="decide"),
    path("leveranser/<int:pk>/godkann/", views_delivery.approve, name="approve"),
    path("leveranser/<int:pk>/kolumner/", views_delivery.map_columns, name="map_columns"),
    re_path(
        r"^leveranser/(?P<pk>[0-9]{1,18})/fil\.(?P<ending>csv|xlsx)$",
        views_delivery.annotated_file,
        name="annotated",
    ),
]
