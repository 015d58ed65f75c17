/** Generated from the migrated database; `npm run generate`. */
export interface Task {
  street: string
  id: string
  kind: string
  rule: string
  rule_version: number
  subject: string
  committee: string
  place: string
  person: string | null
  state: string
  facts: unknown
  opened_at: Date
  acknowledge_by: Date
  due_at: Date
  due_kind: string
  post: string
  responsible: string
  outcome: string | null
  words: string | null
  closed_at: Date | null
}

export interface TaskLog {
  street: string
  task: string
  step: number
  at: Date
  act: string
  state: string
  actor: string | null
  post: string | null
  title: string | null
  unit: string | null
  outcome: string | null
  words: string | null
}

export interface TasksTables {
  'tasks.task': Task
  'tasks.task_log': TaskLog
}
