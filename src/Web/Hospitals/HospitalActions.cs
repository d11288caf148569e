namespace ConsultHub.Web.Hospitals;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class HospitalActions
{
    /// <summary>Read hospitals with their rooms, hours, closures and agreed procedures.</summary>
    public static readonly AccessAction Read = new("hospitals.read");

    /// <summary>Enter hospitals with their rooms, hours, holidays, closures and agreed procedures.</summary>
    public static readonly AccessAction Change = new("hospitals.change");
}
