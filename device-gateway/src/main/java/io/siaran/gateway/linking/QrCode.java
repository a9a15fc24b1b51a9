package io.siaran.gateway.linking;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** A QR code as an image, with the quiet zone of four modules that scanners need. Pure. */
record QrCode(BitMatrix modules) {

    private static final Map<EncodeHintType, ?> HINTS = Map.of(EncodeHintType.MARGIN, 4);
    private static final int PIXELS_OF_A_MODULE = 8;
    private static final int WHITE = 0xffffff;

    /** @param text at most some thousand characters, as no QR code has more */
    static QrCode of(String text) {
        try {
            // The size that it needs, one pixel a module.
            return new QrCode(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1, HINTS));
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("no QR code can say that", tooLong);
        }
    }

    byte[] png() {
        int size = modules.getWidth() * PIXELS_OF_A_MODULE;
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                boolean dark = modules.get(x / PIXELS_OF_A_MODULE, y / PIXELS_OF_A_MODULE);
                image.setRGB(x, y, dark ? 0 : WHITE);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return file.toByteArray();
    }

    String svg() {
        int size = modules.getWidth();
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (modules.get(x, y)) {
                    path.append("M%d,%dh1v1h-1z".formatted(x, y));
                }
            }
        }
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" shape-rendering=\"crispEdges\">"
                        + "<path fill=\"#fff\" d=\"M0,0h%1$dv%1$dh-%1$dz\"/><path d=\"%2$s\"/></svg>")
                .formatted(size, path);
    }
}
