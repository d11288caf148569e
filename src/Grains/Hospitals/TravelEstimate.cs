namespace ConsultHub.Hospitals;

/// <summary>Estimates travel times that nobody has entered. Pure.</summary>
public static class TravelEstimate
{
    /// <summary>The radius of the earth in kilometres.</summary>
    private const double Earth = 6371;

    /// <summary>A road is longer than the straight line by this factor. It is a rough figure of our own.</summary>
    private const double Detour = 1.3;

    private const double KilometresPerHour = 70;

    private const int Step = 5;

    /// <summary>
    /// Minutes by road: the great-circle distance times 1.3 at 70 km/h, rounded up to a multiple of five. Null if a place is unknown.
    /// </summary>
    public static int? Minutes(Hospital a, Hospital b)
    {
        if (
            (a.Latitude, a.Longitude, b.Latitude, b.Longitude) is not ({ } fromLatitude, { } fromLongitude, { } toLatitude, { } toLongitude)
        )
            return null;
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var (latitude, longitude) = (Radians(toLatitude - fromLatitude), Radians(toLongitude - fromLongitude));
        var h =
            Math.Pow(Math.Sin(latitude / 2), 2)
            + (Math.Cos(Radians(fromLatitude)) * Math.Cos(Radians(toLatitude)) * Math.Pow(Math.Sin(longitude / 2), 2));
        var kilometres = 2 * Earth * Math.Asin(Math.Min(1, Math.Sqrt(h)));
        return Math.Max(Step, (int)Math.Ceiling(kilometres * Detour / KilometresPerHour * 60 / Step) * Step);
    }
}
