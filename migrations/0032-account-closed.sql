-- An account that somebody closed stays closed where a backup is restored.
alter table privacy.erasure drop constraint erasure_kind_check;
alter table privacy.erasure add constraint erasure_kind_check
  check (kind in ('consent', 'person', 'account'));
