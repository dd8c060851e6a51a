using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>libvips, loaded at first use and set up for untrusted pictures: three loaders, one thread an operation, no cache.</summary>
internal static unsafe class VipsLibrary
{
    private const int AllLogLevels = 0xFF;
    private const string NoFolder = "/nonexistent";

    private static readonly Lazy<string?> Problem = new(Load);

    /// <summary>Why libvips cannot be used, or <c>null</c>.</summary>
    public static string? Unavailable => Problem.Value;

    /// <summary>Called before anything else of libvips is: it would start by itself otherwise, with every loader and module.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used.</exception>
    public static void Require()
    {
        if (Unavailable is { } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static string? Load()
    {
        foreach (var name in (string[])[VipsNative.Vips, VipsNative.GObject, VipsNative.GLib])
        {
            if (!NativeLibrary.TryLoad(name, typeof(VipsLibrary).Assembly, null, out _))
            {
                return "libvips is not installed (Debian: apt-get install libvips42)";
            }
        }

        return SetUp();
    }

    private static string? SetUp()
    {
        // What decoders have to say about untrusted pictures is in the errors; it must not go to the console.
        VipsNative.SetLogHandler("VIPS", AllLogLevels, (delegate* unmanaged[Cdecl]<nint, int, nint, nint, void>)&Drop, 0);
        // Modules are looked for under this folder. They load formats that are never opened here, and bring a hundred libraries along.
        VipsNative.SetVariable("VIPSHOME", NoFolder, 1);
        if (VipsNative.Start("mpilot") != 0)
        {
            return "libvips does not start";
        }

        VipsNative.BlockUntrusted(1);
        VipsNative.BlockOperation("VipsForeignLoad", 1);
        VipsNative.BlockOperation("VipsForeignLoadPng", 0);
        VipsNative.BlockOperation("VipsForeignLoadJpeg", 0);
        VipsNative.BlockOperation("VipsForeignLoadWebp", 0);
        VipsNative.SetConcurrency(1);
        VipsNative.SetCacheSize(0);
        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Drop(nint domain, int level, nint message, nint state)
    {
    }
}
