/** Names of the register and of posts are Chinese in every language of the page. */
export function Name(props: { of: string }) {
  return <span lang="zh-CN">{props.of}</span>
}

/** A neighbourhood by its name alone, where all that are listed are neighbourhoods. */
export function Hood(props: { name: string }) {
  return <Name of={shortName(props.name)} />
}

/** "田林十二村" of "田林十二村居委会" */
export function shortName(name: string): string {
  return name.replace(/(社区)?(居委会|村委会|居民委员会|村民委员会)$/, '') || name
}
