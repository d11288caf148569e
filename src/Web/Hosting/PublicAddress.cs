using ConsultHub.Silo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

/// <summary>The hub's address, for use in links and files.</summary>
internal static class PublicAddress
{
    /// <summary>Returns the address in <c>Hub:PublicUrl</c>. If it is not set, returns the address of this request.</summary>
    public static Uri Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl
        ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}");
}
