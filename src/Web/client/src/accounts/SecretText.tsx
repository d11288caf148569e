import { CopyField } from '../commands/CopyField'

interface Props {
  readonly label: string
  readonly description: string
  readonly value: string
}

/** A secret that the hub has made, such as a link. The person can copy it. */
export const SecretText = (props: Props) => <CopyField {...props} data-secret />
