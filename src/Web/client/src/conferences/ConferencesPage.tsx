export default function ConferencesPage() {
  return null
}
