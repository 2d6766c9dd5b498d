-- How complete is the last finished week? What was crawled, out of what was expected. One row per board.
create view how_complete_is_it as
select
    week_start, board, n_companies_expected, n_companies_crawled, n_companies_qualified, coverage_ratio, status,
    break_reason, main_reason
from rpt_board_coverage_weekly
where week_start = (select week_start from current_week)
order by board;
