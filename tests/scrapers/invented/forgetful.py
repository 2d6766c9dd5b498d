"""A pipeline with a fault that costs a company's last batch."""

from scrapers.steps import Batch, Found


class Forgetful:
    def process_item(self, item: Batch) -> Batch:
        if any(isinstance(each, Found) and each.company.slug == "elm" for each in item):
            raise RuntimeError("a fault of ours")
        return item
