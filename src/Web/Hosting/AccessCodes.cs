namespace ConsultHub.Web.Hosting;

/// <summary>The code of everything that the access table denies.</summary>
[CodesOf<Refusal>]
public static class AccessCodes
{
    public static readonly Code Denied = Code.NotAllowed("access.denied", "You may not do this.");
}
