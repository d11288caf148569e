using ConsultHub.Silo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

/// <summary>The hub's address in whatever leaves it.</summary>
internal static class PublicAddress
{
    /// <summary>As the setting <c>Hub:PublicUrl</c> names it, else as this request did.</summary>
    public static Uri Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl
        ?? new Uri($"{http.Request.Scheme}://{http.Request.Host}");
}
