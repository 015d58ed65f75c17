-- The floor every room stands on: settings of the program, and one way to wall a table in by
-- street.
create schema if not exists platform;

create table platform.setting (
  key text primary key,
  value jsonb not null
);
grant usage on schema platform to lilong_app;
grant select on platform.setting to lilong_app;

-- The second wall under the contract's `who`: the request role sees the rows of the street that the
-- session belongs to, and none without one. After a transaction the setting is '' and not null.
create function platform.wall_by_street(walled regclass, grants text) returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', walled);
  execute format(
    'create policy own_street on %s using (street = nullif(current_setting(''lilong.street'', true), ''''))
     with check (street = nullif(current_setting(''lilong.street'', true), ''''))', walled);
  execute format('grant %s on %s to lilong_app', grants, walled);
end $$;
