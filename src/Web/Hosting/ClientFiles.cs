using Microsoft.AspNetCore.StaticFiles;

namespace ConsultHub.Web.Hosting;

/// <summary>Serves the browser client's files. They are compressed once in the build and not for each visitor.</summary>
public static class ClientFiles
{
    private const string Compressed = ".br";

    public static void UseClientFiles(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        var types = new FileExtensionContentTypeProvider();
        app.Use(
            (context, next) =>
            {
                var path = context.Request.Path;
                if (
                    path.StartsWithSegments("/assets")
                    && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase)
                    && files.GetFileInfo(path + Compressed).Exists
                )
                    context.Request.Path = path + Compressed;
                return next(context);
            }
        );
        app.UseStaticFiles(
            new StaticFileOptions
            {
                ContentTypeProvider = new FileExtensionContentTypeProvider(
                    new Dictionary<string, string>(types.Mappings)
                    {
                        [Compressed] = "application/octet-stream",
                        [".bcmap"] = "application/octet-stream",
                        [".pfb"] = "application/octet-stream", // this and .bcmap are for slides
                    }
                ),
                OnPrepareResponse = file =>
                {
                    var (name, headers) = (file.File.Name, file.Context.Response.Headers);
                    // The name of an asset contains a hash of its content. So browsers may keep the asset for a year.
                    headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets")
                        ? "public, max-age=31536000, immutable"
                        : "no-cache";
                    headers.Vary = "Accept-Encoding";
                    if (!name.EndsWith(Compressed, StringComparison.Ordinal))
                        return;
                    headers.ContentEncoding = "br";
                    if (types.TryGetContentType(name[..^Compressed.Length], out var type))
                        headers.ContentType = type;
                },
            }
        );
    }
}
