/** What the product is made of, what is known against its parts, and what would run unasked. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { promiseNone, say } from './report.ts'

type Lockfile = {
  packages: Record<
    string,
    {
      version?: string
      dev?: boolean
      devOptional?: boolean
      hasInstallScript?: boolean
      integrity?: string
    }
  >
}

const listFile = '.lilong/sbom.cdx.json'

export function proveParts(): void {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile
  const { allowScripts = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    allowScripts?: Record<string, boolean>
  }
  const parts = Object.entries(lock.packages).filter(([path]) => path !== '')
  const ofUse = parts.filter(([, { dev, devOptional }]) => !dev && !devOptional)
  say(
    'dependencies',
    ofUse.length,
    parts.length,
    'count',
    'that the product runs with, on any machine',
  )
  say('dev_dependencies', parts.length - ofUse.length, parts.length)
  const unsealed = parts.filter(([, { integrity }]) => !integrity).map(([path]) => path)
  promiseNone('parts_without_checksum', unsealed, parts.length, 'in the lockfile')
  const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13)
  const running = parts.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path))
  for (const name of running) console.error(`install script, not run: ${name}`)
  const allowed = running.filter((name) => allowScripts[name] !== false)
  promiseNone(
    'install_scripts',
    allowed,
    parts.length,
    `that would run; ${running.length} are refused`,
  )
  sayAdvisories(parts.length)
  // Of one part in several places one line is enough; what is for other machines is not installed.
  const installed = ofUse.filter(([path]) => existsSync(path))
  sayPartsList(new Set(installed.map(([path, { version }]) => `${nameOf(path)}@${version}`)))
}

function npm(...words: string[]): { text: string } {
  const settings = { npm_config_loglevel: 'silent', npm_config_audit: 'true' }
  const env = { ...process.env, ...settings }
  const options = { encoding: 'utf8', env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 } as const
  return { text: spawnSync('npm', words, options).stdout ?? '' }
}

/** `npm audit` asks a registry; where none answers nothing is known, and that is said. */
function sayAdvisories(parts: number): void {
  const { text } = npm('audit', '--json')
  const answer = parsed(text) as { metadata?: { vulnerabilities?: Record<string, number> } }
  const known = answer.metadata?.vulnerabilities
  if (!known) {
    say('advisories', 0, 0, 'count', 'not reachable: no registry says; nothing is known')
    return
  }
  const { total = 0, high = 0, critical = 0 } = known
  say('advisories', total, parts, 'count', `high ${high}, critical ${critical}; npm audit`)
}

type Component = { 'bom-ref': string; licenses?: unknown[] }
type List = {
  components?: Component[]
  dependencies?: { ref: string; dependsOn?: string[] }[]
}

/**
 * CycloneDX, of what the product runs with. npm lists everything that is installed and is asked to
 * leave nothing out: told to omit what only developers need, it forgets what both need.
 */
function sayPartsList(wanted: ReadonlySet<string>): void {
  const { text } = npm('sbom', '--sbom-format', 'cyclonedx')
  const list = parsed(text) as List
  const components = (list.components ?? []).filter((one) => wanted.has(one['bom-ref']))
  const listed = new Set(components.map((one) => one['bom-ref']))
  const missing = [...wanted].filter((part) => !listed.has(part))
  const dependencies = (list.dependencies ?? []).filter(
    ({ ref }) => listed.has(ref) || ref.startsWith('lilong@'),
  )
  mkdirSync('.lilong', { recursive: true })
  writeFileSync(listFile, JSON.stringify({ ...list, components, dependencies }, null, 2))
  const unsaid = components.filter(({ licenses = [] }) => licenses.length === 0).length
  promiseNone('sbom_missing', missing, wanted.size, `installed; the parts list is ${listFile}`)
  const says = `${unsaid} without a licence`
  say('sbom_components', components.length, wanted.size, 'count', says)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
