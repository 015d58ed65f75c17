/**
 * Why a datum is kept or seen. The closed list; what each means (legal basis, who sees it, how
 * long) is data in the room `privacy`.
 */
export type Purpose =
  | 'agreed-care'
  | 'wandering-guard'
  | 'agreed-calls'
  | 'register'
  | 'duty'
  | 'task'
  | 'device-operation'
  | 'door-security'
  | 'home-safety'
  | 'emergency-call'
  | 'water-and-power'
  | 'crowding-check'
  | 'public-space'
  | 'access-record'
  | 'own-data'
  | 'sign-in'
  | 'operation'
  | 'public'
