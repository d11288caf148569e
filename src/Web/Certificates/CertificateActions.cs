namespace ConsultHub.Web.Certificates;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class CertificateActions
{
    /// <summary>List, issue for others, and revoke certificates.</summary>
    public static readonly AccessAction Manage = new("certificates.manage");

    /// <summary>Make a new key that signs certificates.</summary>
    public static readonly AccessAction ChangeKeys = new("certificates.change-keys");
}
