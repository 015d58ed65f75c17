-- At the station one asks about a home as about a person; whoever says yes or no to a look at a
-- child, or decides who an account is, says why in one of a few words.

-- A request is about one person or one home. A child's can be refused, which ends it.
alter table privacy.request
  add column home text,
  add column refused_by uuid,
  add column refused_post uuid,
  add column refused_at timestamptz,
  add column because text check (because in
    ('parent-here', 'parent-asked', 'to-protect', 'by-law',
     'not-needed', 'ask-parents', 'other-child')),
  add check (person is null or home is null),
  add check (refused_by <> by_person),
  add check (refused_at is null or approved_at is null),
  add check (refused_at is null or because is not null);

alter table identity.claim
  add column because text check (because in
    ('saw-id-card', 'knows-them', 'household-says', 'saw-papers',
     'not-here', 'not-shown', 'somebody-else'));
