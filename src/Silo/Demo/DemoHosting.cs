using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConsultHub.Silo.Demo;

public static class DemoHosting
{
    /// <summary>Adds the demo network if <c>Hub:Demo:Enabled</c> is true. Otherwise only the options are registered.</summary>
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Hub:Demo");
        builder.Services.AddOptions<DemoOptions>().Bind(section);
        if (!(section.Get<DemoOptions>() ?? new()).Enabled)
            return builder;
        builder.Services.AddSingleton<DemoSeeder>().AddHostedService(s => s.GetRequiredService<DemoSeeder>());
        builder.Services.AddSingleton<DemoDay>().AddHostedService(s => s.GetRequiredService<DemoDay>());
        return builder;
    }
}
