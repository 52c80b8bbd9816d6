import pytest
import requests
from django.urls import reverse


@pytest.fixture
def schema(server):
    # ok: python-server-request-no-timeout
    return requests.get(server + reverse("schema")).json()
