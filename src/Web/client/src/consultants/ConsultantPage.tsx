export default function ConsultantPage() {
  return null
}
