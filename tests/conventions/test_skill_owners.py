"""An employer's own product is no skill in its postings, so a product called like an employer names its maker."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from jobmarket.extract.folding import fold
from jobmarket.extract.own_products import OwnProducts
from jobmarket.extract.taxonomy import Taxonomy

# Skills that another company makes than the employer of the same name.
NAMESAKES = {("Modular", "Modular Mining"): "Komatsu's software for mines"}


def test_a_skill_called_like_an_employer_is_its_product(root: Path) -> None:
    taxonomy = Taxonomy.from_seeds(root / "dbt_project" / "seeds")
    with (root / "scrapers" / "companies.csv").open(encoding="utf-8", newline="") as file:
        spelled = {row["company"] for row in csv.DictReader(file)}
    called = defaultdict(set)
    for company in spelled:
        for alias in taxonomy.patterns.get(fold(company).strip(), ()):
            if alias.case != "exact" or alias.wording == company:
                called[company].add(alias.skill)
    own = OwnProducts(taxonomy)
    ownerless = {
        (company, skill.name)
        for company, skills in called.items()
        for skill in skills
        if skill.skill_id not in own.of_company(company)
    }
    assert len(called) >= 50
    assert ownerless == NAMESAKES.keys()
