namespace ConsultHub.Hospitals;

/// <summary>Says whether a hospital's calendar has an open hour at all. Pure.</summary>
internal static class OpenHours
{
    private const int Week = 7;

    /// <summary>
    /// Whether a hospital has working hours, but none of them ever applies: their dates contain no such weekday, or only holidays. A
    /// hospital without any hours is always open.
    /// </summary>
    public static bool IsNever(Hospital hospital) => !hospital.Hours.IsEmpty && !hospital.Hours.Any(h => Applies(h, hospital));

    private static bool Applies(WorkingHours hours, Hospital hospital)
    {
        if (hours.From is not { } from || hours.Until is not { } until)
            return true; // holidays end, and this does not
        var first = from.DayNumber + (((int)hours.Day - (int)from.DayOfWeek + Week) % Week);
        for (var day = first; day <= until.DayNumber; day += Week)
            if (!hospital.Holidays.Any(h => h.From.DayNumber <= day && day <= h.Until.DayNumber))
                return true;
        return false;
    }
}
