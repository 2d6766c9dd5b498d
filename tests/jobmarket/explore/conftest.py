from pathlib import Path

import pytest

from jobmarket.publishing import publish
from jobmarket.settings import Home, Settings
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a published market of six weeks, with an injection attempt as the name of an employer, title and skill."""
    home = Home(Path(tmp_path_factory.mktemp("explore")))
    build_marts(home, weeks=6, postings=400, company="<img src=x onerror=alert(1)>'; drop table about; --")
    publish(home, Settings(_env_file=None), AS_OF)
    return home
