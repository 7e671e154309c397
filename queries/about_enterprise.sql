-- title: {zh: 关于一家企业的全部记述, en: Everything said of one enterprise}
-- description:
--   zh: 提到一家企业的每一句话，按报告日期排列，并列出句中属于它的数据。
--   en: Every sentence that names an enterprise in the order of the reports' dates, with the figures in it that are its own.
-- parameters:
--   enterprise: {zh: 企业名称、简称或其一部分；留空则取记述最多的企业, en: "an enterprise's name, short name or a part of it; empty takes the one most written of"}
with firm as (
  select id from enterprises where :enterprise <> '' and (id = :enterprise or instr(name, :enterprise) > 0)
  union select enterprise_id from aliases where alias = :enterprise and enterprise_id is not null
  union select id from (
    select enterprise_id as id from mentions where :enterprise = '' and enterprise_id is not null
    group by enterprise_id order by count(*) desc, enterprise_id limit 1
  )
),
told as (
  select distinct enterprise_id, span_id from mentions where enterprise_id in (select id from firm)
  union
  select enterprise_id, span_id from metrics where enterprise_id in (select id from firm)
)
select
  e.name as enterprise, e.industry, r.reference_date as report_date, m.indicator, m.period, m.status,
  m.value_text, m.value, m.unit, s.clean_quote as sentence, r.title as report, r.publisher,
  '/-/report/' || s.report_id || '#' || coalesce(m.id, s.id) as link
from told t
join enterprises e on e.id = t.enterprise_id
join source_spans s on s.id = t.span_id
join reports r on r.id = s.report_id
left join metrics m on m.span_id = t.span_id and m.enterprise_id = t.enterprise_id
order by e.name, e.id, r.reference_date, s.report_id, s.start_char, m.value_start
