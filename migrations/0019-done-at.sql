-- What was done without a network is heard later than it was done; both stand in the history.
-- Null: heard as it was done. Clocks of tasks run by `at`, which no telephone can set.
alter table tasks.task_log add column done_at timestamptz;
