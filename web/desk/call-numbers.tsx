import { Phone } from 'lucide'
import { useDeskWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'

/** Police, fire, ambulance: the numbers of the country, one press away. */
export function CallNumbers() {
  const words = useDeskWords()
  return (
    <div class="flow" role="group" aria-label={words.callEmergency}>
      <LinkButton icon={Phone} href="tel:119">
        {words.call119}
      </LinkButton>
      <LinkButton icon={Phone} href="tel:120">
        {words.call120}
      </LinkButton>
      <LinkButton icon={Phone} href="tel:110">
        {words.call110}
      </LinkButton>
    </div>
  )
}
