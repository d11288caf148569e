namespace ConsultHub.Web.Demo;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class DemoActions
{
    /// <summary>Start and stop the simulated day.</summary>
    public static readonly AccessAction RunDay = new("demo.run-day");
}
