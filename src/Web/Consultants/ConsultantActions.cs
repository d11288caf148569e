namespace ConsultHub.Web.Consultants;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class ConsultantActions
{
    /// <summary>Read names, specialties and languages.</summary>
    public static readonly AccessAction Read = new("consultants.read");

    /// <summary>Read credentials, absences and visits.</summary>
    public static readonly AccessAction ReadCredentials = new("consultants.read-credentials");

    /// <summary>Enter consultants with their visits and absences.</summary>
    public static readonly AccessAction Change = new("consultants.change");

    /// <summary>Enter the credentials of consultants.</summary>
    public static readonly AccessAction ChangeCredentials = new("consultants.change-credentials");

    /// <summary>Enter the specialties of the hub.</summary>
    public static readonly AccessAction ChangeSpecialties = new("specialties.change");

    /// <summary>Watch a consultant's engagements of a week.</summary>
    public static readonly AccessAction ReadItinerary = new("consultants.read-itinerary");
}
