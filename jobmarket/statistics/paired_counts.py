"""Whether more employers took something up than dropped it, tested for many things at once."""

from __future__ import annotations

import numpy as np
from scipy import special

from jobmarket.statistics.changes import q_values
from jobmarket.statistics.panel import Numbers


def rise_q_values(n_only_later: Numbers, n_only_earlier: Numbers, max_false: float) -> Numbers:
    """Return the adjusted p-values of McNemar's exact test, two-sided, of the same employers in two periods.

    Employers that have it in both periods or in neither are no evidence. If nothing changed in the market, each of the
    others is as likely to be in the one group as in the other.

    Something of which so few employers changed that it could not be flagged even if all went the same way is NaN and no
    comparison to correct for. That does not depend on which way they went (Tarone, Biometrics 46 (1990)).

    Args:
        n_only_later: Employers that have it in the later period only.
        n_only_earlier: Employers that have it in the earlier period only, in the same shape.
        max_false: q-values below it are flagged.
    """
    changed = n_only_later + n_only_earlier
    # the binomial distribution function at the smaller group, whose tail is doubled
    p_values = np.minimum(1.0, 2 * special.bdtr(np.minimum(n_only_later, n_only_earlier), changed, 0.5))
    return q_values(np.where(np.ldexp(2.0, -changed.astype(int)) < max_false, p_values, np.nan))
