namespace ConsultHub.Hospitals;

/// <summary>Says whether a hospital's calendar has an open hour at all. Pure.</summary>
public static class OpenHours
{
    private const int Week = 7;

    /// <summary>
    /// Whether a hospital has working hours, but none of them ever applies: their dates contain no such weekday, or only holidays. A
    /// hospital without any hours is always open.
    /// </summary>
    public static bool IsNever(Hospital hospital) => !hospital.Hours.IsEmpty && !hospital.Hours.Any(h => Applies(h, hospital));

    /// <summary>
    /// Whether a hospital has working hours only for a part of the year, such as Ramadan, so that it is closed for the rest. A person may
    /// have entered the special hours and forgotten the others.
    /// </summary>
    public static bool IsClosedOtherwise(Hospital hospital)
    {
        if (hospital.Hours.IsEmpty)
            return false;
        // The first day that none of the hours read so far covers. Null stands for no such day.
        DateOnly? uncovered = DateOnly.MinValue;
        foreach (var hours in hospital.Hours.OrderBy(h => h.From ?? DateOnly.MinValue))
        {
            if ((hours.From ?? DateOnly.MinValue) > uncovered)
                return true;
            if ((hours.Until ?? DateOnly.MaxValue) is var until && until == DateOnly.MaxValue)
                return false;
            if (until >= uncovered)
                uncovered = until.AddDays(1);
        }
        return true;
    }

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
