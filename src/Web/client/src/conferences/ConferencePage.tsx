export default function ConferencePage() {
  return null
}
