/** `npm run check`: every checker, without the tests. */
import { runChecks } from './check/steps.ts'

const results = await runChecks()
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
