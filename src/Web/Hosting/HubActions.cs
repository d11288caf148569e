namespace ConsultHub.Web.Hosting;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class HubActions
{
    /// <summary>Watch how the hub runs.</summary>
    public static readonly AccessAction Operate = new("hub.operate");
}
