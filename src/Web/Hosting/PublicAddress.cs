using ConsultHub.Silo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

/// <summary>The hub's address, for use in links and files.</summary>
internal static class PublicAddress
{
    /// <summary>The address in <c>Hub:PublicUrl</c>, otherwise that of this request.</summary>
    public static Uri Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl
        ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}");
}
