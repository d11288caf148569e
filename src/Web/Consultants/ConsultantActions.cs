namespace ConsultHub.Web.Consultants;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class ConsultantActions
{
    /// <summary>Read names, specialties and languages.</summary>
    public static readonly AccessAction Read = new("consultants.read");

    /// <summary>Read credentials, absences and visits.</summary>
    public static readonly AccessAction ReadCredentials = new("consultants.read-credentials");

    /// <summary>Watch a consultant's engagements of a week.</summary>
    public static readonly AccessAction ReadItinerary = new("consultants.read-itinerary");
}
